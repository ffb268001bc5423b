package dev.palimpsest.api.mcp;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.modelcontextprotocol.spec.HttpHeaders;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Stands before the transport and answers requests whose parameters are of a shape that the
/// protocol does not know: the transport fails on them and answers nothing at all. Everything else
/// goes on as it came, also what the transport refuses before it looks at parameters.
final class CheckedMessages extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private static final JsonMapper JSON = new JsonMapper();

    private final transient HttpServlet transport;
    private final int largest;

    /// @param largest how many bytes a message has at most; the transport refuses a larger one
    CheckedMessages(HttpServlet transport, int largest) {
        this.transport = transport;
        this.largest = largest;
    }

    @Override
    public void init(ServletConfig config) throws ServletException {
        super.init(config);
        transport.init(config);
    }

    @Override
    public void destroy() {
        transport.destroy();
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        if (!isRead(request)) {
            transport.service(request, response);
            return;
        }
        byte[] message = request.getInputStream().readNBytes(largest + 1);
        var wrong = message.length > largest ? Optional.<byte[]>empty() : wrong(request, message);
        if (wrong.isPresent()) {
            response.setContentType("application/json");
            response.getOutputStream().write(wrong.get());
        } else {
            transport.service(new Read(request, message), response);
        }
    }

    /// Whether the transport would read the message.
    private boolean isRead(HttpServletRequest request) {
        var accepted = Optional.ofNullable(request.getHeader(HttpHeaders.ACCEPT)).orElse("");
        var type = Optional.ofNullable(request.getContentType()).orElse("");
        return request.getMethod().equals("POST")
                && request.getContentLengthLong() <= largest
                && type.startsWith("application/json")
                && accepted.contains("application/json")
                && accepted.contains("text/event-stream");
    }

    /// The answer to a request that cannot be carried out.
    private static Optional<byte[]> wrong(HttpServletRequest request, byte[] message)
            throws IOException {
        var outline = MessageOutline.of(new String(message, StandardCharsets.UTF_8));
        if (outline.isEmpty()) {
            return Optional.empty();
        }
        boolean begins = outline.get().method().equals(McpSchema.METHOD_INITIALIZE);
        if (!begins && request.getHeader(HttpHeaders.MCP_SESSION_ID) == null) {
            return Optional.empty();
        }
        var why = outline.get().wrong();
        if (why.isEmpty()) {
            return Optional.empty();
        }
        var answer = JsonNodeFactory.instance.objectNode().put("jsonrpc", "2.0");
        answer.set("id", outline.get().id());
        answer.putObject("error").put("code", ErrorCodes.INVALID_PARAMS).put("message", why.get());
        return Optional.of(JSON.writeValueAsBytes(answer));
    }

    /// A request whose body was read.
    private static final class Read extends HttpServletRequestWrapper {

        private final byte[] body;

        Read(HttpServletRequest request, byte[] body) {
            super(request);
            this.body = body;
        }

        @Override
        public ServletInputStream getInputStream() {
            return new Again(new ByteArrayInputStream(body));
        }
    }

    /// A body once more.
    private static final class Again extends ServletInputStream {

        private final ByteArrayInputStream body;

        Again(ByteArrayInputStream body) {
            this.body = body;
        }

        @Override
        public int read() {
            return body.read();
        }

        @Override
        public int read(byte[] into, int from, int length) {
            return body.read(into, from, length);
        }

        @Override
        public boolean isFinished() {
            return body.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new IllegalStateException("it was read already; it is not read in turns");
        }
    }
}
