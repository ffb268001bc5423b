package dev.palimpsest.api.route;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// A request byte by byte, for what a well-behaved client does not send.
final class RawRequest {

    private static final Duration LONGEST = Duration.ofSeconds(20);

    private RawRequest() {}

    /// Sends `request` in ISO 8859-1 and reads all that comes back until the server closes.
    static String send(int port, String request) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout((int) LONGEST.toMillis());
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
