"""The demo's Liujia (虚构的六甲街道): half a year of made-up people, chosen to give real totals."""
