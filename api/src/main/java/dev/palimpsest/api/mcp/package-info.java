/// The door of agents: tools of the Model Context Protocol over HTTP at `/mcp`.
@org.jspecify.annotations.NullMarked
package dev.palimpsest.api.mcp;
