// The types that a seccomp profile and an AppArmor profile can have, in the order the server lists them.
export const PROFILE_TYPES: readonly string[] = ["Localhost", "RuntimeDefault", "Unconfined"];
