package io.crashplug.api;

class BusyMachineOnH2Tests extends BusyMachineContract {}
