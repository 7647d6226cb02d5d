package io.crashplug.api;

class StoreQueriesOnH2Tests extends StoreQueriesContract {}
