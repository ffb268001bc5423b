package dev.palimpsest.datasets.bench;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// One HTTP/1.1 connection that stays open, for one thread.
///
/// All its work is done by the calling thread, so that what the client costs can be told apart from
/// what the server costs, and is little. It understands what our own server sends and no more.
final class Exchange implements AutoCloseable {

    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(60);
    private static final int LONGEST_LINE = 16 * 1024;

    private final URI server;
    private final Socket socket = new Socket();
    private final InputStream in;

    record Reply(int status, Map<String, String> headers, String body) {

        Reply {
            headers = Map.copyOf(headers);
        }
    }

    Exchange(URI server) throws IOException {
        this.server = server;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout((int) LONGEST_ANSWER.toMillis());
        socket.connect(new InetSocketAddress(server.getHost(), server.getPort()));
        in = new BufferedInputStream(socket.getInputStream());
    }

    /// Posts JSON and waits for the answer.
    Reply post(String path, byte[] json) throws IOException {
        String head =
                "POST "
                        + path
                        + " HTTP/1.1\r\n"
                        + "Host: "
                        + server.getAuthority()
                        + "\r\n"
                        + "Content-Type: application/json\r\n"
                        + "Content-Length: "
                        + json.length
                        + "\r\n\r\n";
        var request = new ByteArrayOutputStream(head.length() + json.length);
        request.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
        request.writeBytes(json);
        request.writeTo(socket.getOutputStream());
        return reply();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private Reply reply() throws IOException {
        String[] status = line().split(" ", 3);
        var headers = new HashMap<String, String>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            if (colon < 0) {
                throw new IOException("no header of an HTTP answer: " + line);
            }
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return new Reply(
                Integer.parseInt(status[1]),
                headers,
                new String(body(headers), StandardCharsets.UTF_8));
    }

    private byte[] body(Map<String, String> headers) throws IOException {
        if ("chunked".equals(headers.get("transfer-encoding"))) {
            return chunks();
        }
        return bytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
    }

    private byte[] chunks() throws IOException {
        var body = new ByteArrayOutputStream();
        while (true) {
            int length = Integer.parseInt(line(), 16);
            body.writeBytes(bytes(length));
            line();
            if (length == 0) {
                return body.toByteArray();
            }
        }
    }

    private byte[] bytes(int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException("the server ended the connection within an answer");
        }
        return bytes;
    }

    private String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0 || line.size() > LONGEST_LINE) {
                throw new EOFException("the server ended the connection before an answer");
            }
            line.write(next);
        }
        return line.toString(StandardCharsets.US_ASCII).strip();
    }
}
