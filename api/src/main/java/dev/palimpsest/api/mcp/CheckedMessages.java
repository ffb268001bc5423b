package dev.palimpsest.api.mcp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
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
import java.util.Map;
import java.util.Optional;

/// Stands before the transport and answers requests whose parameters are of a shape that the
/// protocol does not know: the transport fails on them and answers nothing at all. Everything else
/// goes on as it came.
final class CheckedMessages extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private static final JsonMapper JSON = new JsonMapper();
    private static final String ARGUMENTS = "arguments";

    /// The string that the parameters of a method must have.
    private static final Map<String, String> NEEDED =
            Map.of(
                    McpSchema.METHOD_INITIALIZE, "protocolVersion",
                    McpSchema.METHOD_TOOLS_CALL, "name",
                    McpSchema.METHOD_PROMPT_GET, "name",
                    McpSchema.METHOD_RESOURCES_READ, "uri",
                    McpSchema.METHOD_LOGGING_SET_LEVEL, "level");

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
        if (!request.getMethod().equals("POST") || request.getContentLengthLong() > largest) {
            transport.service(request, response);
            return;
        }
        byte[] message = request.getInputStream().readNBytes(largest + 1);
        var wrong = wrong(message);
        if (wrong.isPresent()) {
            response.setContentType("application/json");
            response.getOutputStream().write(wrong.get());
        } else {
            transport.service(new Read(request, message), response);
        }
    }

    /// The answer to a request that cannot be carried out.
    private Optional<byte[]> wrong(byte[] message) throws IOException {
        if (message.length > largest) {
            return Optional.empty();
        }
        JsonNode request;
        try {
            request = JSON.readTree(message);
        } catch (JsonProcessingException _) {
            return Optional.empty();
        }
        var id = request.path("id");
        if (!request.path("method").isTextual() || !(id.isTextual() || id.isNumber())) {
            return Optional.empty();
        }
        var why = wrong(request.path("method").textValue(), request.path("params"));
        if (why.isEmpty()) {
            return Optional.empty();
        }
        var answer = JsonNodeFactory.instance.objectNode().put("jsonrpc", "2.0").set("id", id);
        answer.withObject("/error")
                .put("code", ErrorCodes.INVALID_PARAMS)
                .put("message", why.get());
        return Optional.of(JSON.writeValueAsBytes(answer));
    }

    private static Optional<String> wrong(String method, JsonNode params) {
        var needed = Optional.ofNullable(NEEDED.get(method));
        if (!params.isObject()) {
            boolean isLeftOut = params.isMissingNode() || params.isNull();
            return isLeftOut && needed.isEmpty()
                    ? Optional.empty()
                    : Optional.of("params: must be an object" + example(method));
        }
        if (needed.isPresent() && !params.path(needed.get()).isTextual()) {
            return Optional.of("params." + needed.get() + ": must be a string" + example(method));
        }
        var arguments = params.path(ARGUMENTS);
        boolean isWrong =
                params.hasNonNull(ARGUMENTS) && !arguments.isObject() && needed.isPresent();
        return isWrong
                ? Optional.of("params." + ARGUMENTS + ": must be an object" + example(method))
                : Optional.empty();
    }

    private static String example(String method) {
        return method.equals(McpSchema.METHOD_TOOLS_CALL)
                ? ", such as {\"name\": \"spaces\", \"arguments\": {}}"
                : "";
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
