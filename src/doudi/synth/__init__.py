"""Made-up people (合成数据): households of plausible shape as ledgers, and the demo's Liujia.

It writes files only: what it makes goes through the same doors as real data.
"""
