package dev.rocket.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Ports of this machine that nobody listens on. */
final class Ports {

    private Ports() {}

    /** One that was free a moment ago. */
    static int free() throws IOException {
        try (ServerSocket door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return door.getLocalPort();
        }
    }
}
