package io.crashplug.api;

class FleetOnH2Tests extends FleetContract {}
