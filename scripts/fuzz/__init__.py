"""Fuzzing (模糊测试): every parser is fed with a program's ideas and may only refuse."""
