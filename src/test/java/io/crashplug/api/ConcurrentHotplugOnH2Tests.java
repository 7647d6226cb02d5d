package io.crashplug.api;

class ConcurrentHotplugOnH2Tests extends ConcurrentHotplugContract {}
