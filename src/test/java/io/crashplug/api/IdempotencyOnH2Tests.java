package io.crashplug.api;

class IdempotencyOnH2Tests extends IdempotencyContract {}
