// The version of this build; the bundler puts package.json's in its place.
declare const SECCTX_VERSION: string | undefined;

export const VERSION: string = typeof SECCTX_VERSION === "string" ? SECCTX_VERSION : "0.0.0-source";
