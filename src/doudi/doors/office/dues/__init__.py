"""Why an amount is due (为什么是这个数): the explanation of a due row, as a page and on paper."""
