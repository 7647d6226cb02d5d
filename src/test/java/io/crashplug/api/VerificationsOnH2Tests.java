package io.crashplug.api;

class VerificationsOnH2Tests extends VerificationsContract {}
