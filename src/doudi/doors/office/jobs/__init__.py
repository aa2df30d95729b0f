"""Long work in the background (后台任务): asked for on a page, carried out by a worker, watched."""
