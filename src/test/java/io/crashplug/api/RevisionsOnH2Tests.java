package io.crashplug.api;

class RevisionsOnH2Tests extends RevisionsContract {}
