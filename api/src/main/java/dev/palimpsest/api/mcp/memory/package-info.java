/// The nine tools of the MCP memory server, over the facts of a space: served at `/mcp/memory`.
@org.jspecify.annotations.NullMarked
package dev.palimpsest.api.mcp.memory;
