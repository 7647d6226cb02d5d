package io.crashplug.api;

class StoreOnH2Tests extends StoreContract {}
