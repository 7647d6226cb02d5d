package io.crashplug.api;

import org.springframework.context.annotation.Import;

@Import(PostgreSqlServer.class)
class IdempotencyOnPostgreSqlTests extends IdempotencyContract {}
