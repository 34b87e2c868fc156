"""账号与权限: who works here and what each role may do."""
