/** The engine for another program: sessions, and what turns a user's setting into what they take. */

export * from "./data.js";
export * from "./session.js";
export * from "./setting.js";
export * from "./types.js";
