package dev.rocket.bootstrap.wiring;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The socket on which a service manager hears of its processes.
 *
 * <p>It takes datagrams at an address in the file system, which the JDK's channels do not speak, so
 * three functions of the C library are called: {@code socket}, {@code sendto}, {@code close}. The
 * JDK's door to them is final from Java 22 on, and this is compiled for 21; so it is opened by
 * reflection. See decision 0014. Thread-safe.
 *
 * <p>Source: sd_notify(3); unix(7) on Linux.
 */
final class NotifySocket {

    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM_CLOEXEC = 2 | 0x8_0000;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int MOST_ADDRESS_BYTES = 108;

    private final String path;
    private final ByteBuffer address;

    /**
     * The socket at an address.
     *
     * @param path as in {@code NOTIFY_SOCKET}: a path, or @ and a name
     * @throws IllegalArgumentException when it is neither
     */
    NotifySocket(String path) {
        byte[] name = path.getBytes(StandardCharsets.UTF_8);
        boolean isKnown = path.startsWith("/") || path.startsWith("@");
        if (!isKnown || name.length >= MOST_ADDRESS_BYTES) {
            throw new IllegalArgumentException("NOTIFY_SOCKET is no address: " + path);
        }
        this.path = path;
        if (name[0] == '@') {
            name[0] = 0;
        }
        address = ByteBuffer.allocateDirect(2 + name.length).order(ByteOrder.nativeOrder());
        address.putShort((short) AF_UNIX).put(name);
    }

    /**
     * Sends one datagram.
     *
     * @throws IOException when nobody takes it, or this JDK cannot
     */
    void send(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer message = ByteBuffer.allocateDirect(bytes.length).put(bytes);
        try {
            int socket = (int) CLibrary.call("socket", int.class, AF_UNIX, SOCK_DGRAM_CLOEXEC, 0);
            try {
                Object sent =
                        CLibrary.call(
                                "sendto",
                                long.class,
                                socket,
                                message,
                                (long) bytes.length,
                                MSG_NOSIGNAL,
                                address,
                                address.capacity());
                if ((long) sent != bytes.length) {
                    throw new IOException("Nobody listens at NOTIFY_SOCKET " + path + ".");
                }
            } finally {
                CLibrary.call("close", int.class, socket);
            }
        } catch (ReflectiveOperationException e) {
            throw new IOException("This Java cannot write to NOTIFY_SOCKET; 22 or newer can.", e);
        }
    }

    /** The JDK's door to the C library, {@code java.lang.foreign}, opened by name. */
    private static final class CLibrary {

        private static final String PACKAGE = "java.lang.foreign.";

        private CLibrary() {}

        /** Calls a function with ints, longs and the addresses of direct buffers. */
        static Object call(String function, Class<?> result, Object... values)
                throws ReflectiveOperationException {
            Class<?> layout = Class.forName(PACKAGE + "MemoryLayout");
            Object layouts = Array.newInstance(layout, values.length);
            Object[] arguments = values.clone();
            for (int i = 0; i < values.length; i++) {
                Array.set(layouts, i, layout(values[i].getClass()));
                if (values[i] instanceof ByteBuffer buffer) {
                    arguments[i] = segment(buffer);
                }
            }
            Object signature =
                    Class.forName(PACKAGE + "FunctionDescriptor")
                            .getMethod("of", layout, layouts.getClass())
                            .invoke(null, layout(result), layouts);
            try {
                return handle(function, signature).invokeWithArguments(arguments);
            } catch (Throwable e) {
                throw new ReflectiveOperationException(e);
            }
        }

        private static MethodHandle handle(String function, Object signature)
                throws ReflectiveOperationException {
            Class<?> type = Class.forName(PACKAGE + "Linker");
            Class<?> option = Class.forName(PACKAGE + "Linker$Option");
            Object linker = type.getMethod("nativeLinker").invoke(null);
            Object lookup = type.getMethod("defaultLookup").invoke(linker);
            Object found =
                    Class.forName(PACKAGE + "SymbolLookup")
                            .getMethod("find", String.class)
                            .invoke(lookup, function);
            Method handle =
                    type.getMethod(
                            "downcallHandle",
                            Class.forName(PACKAGE + "MemorySegment"),
                            Class.forName(PACKAGE + "FunctionDescriptor"),
                            option.arrayType());
            Object symbol = ((Optional<?>) found).orElseThrow();
            Object none = Array.newInstance(option, 0);
            return (MethodHandle) handle.invoke(linker, symbol, signature, none);
        }

        private static Object layout(Class<?> type) throws ReflectiveOperationException {
            String name =
                    type == int.class || type == Integer.class
                            ? "JAVA_INT"
                            : type == long.class || type == Long.class ? "JAVA_LONG" : "ADDRESS";
            return Class.forName(PACKAGE + "ValueLayout").getField(name).get(null);
        }

        private static Object segment(ByteBuffer buffer) throws ReflectiveOperationException {
            return Class.forName(PACKAGE + "MemorySegment")
                    .getMethod("ofBuffer", Buffer.class)
                    .invoke(null, buffer.duplicate().rewind());
        }
    }
}
