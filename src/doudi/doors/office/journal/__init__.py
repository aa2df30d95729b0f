"""The journal searched (操作日志查询): by officer, act, days, row; its content masked."""
