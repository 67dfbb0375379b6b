package dev.rocket.bootstrap.bench;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.OptionalLong;

/** A server that is measured. */
interface Target {

    /** Where it listens. */
    InetSocketAddress address();

    /** A token that may read and write. */
    String token();

    /** CPU time it has used; empty where that cannot be told. */
    OptionalLong cpuMicros();

    /** Memory it holds in bytes; empty where that cannot be told. */
    OptionalLong residentBytes();

    /** The address of a path. */
    default URI uri(String path) {
        return URI.create("http://" + address().getHostString() + ":" + address().getPort() + path);
    }

    /** Makes requests to it. */
    default Request requests() {
        return new Request(address().getHostString() + ":" + address().getPort(), token());
    }
}
