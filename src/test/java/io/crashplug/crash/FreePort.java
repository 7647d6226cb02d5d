package io.crashplug.crash;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports of loopback that nothing listens on, and that the system gives to nobody: a process that is dead for a while
 * finds its port free again. Linux takes the ports of outgoing connections from 32768 on.
 */
final class FreePort {

    private static final int FIRST = 20_000;
    private static final int END = 32_000;

    private FreePort() {}

    static int any() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, END);
            try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                // Somebody listens there.
            }
        }
    }
}
