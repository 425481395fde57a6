// A pod's network in user mode: what it shares of the machine's, and which ports are published.

/** A copy of the machine's own way to others, in user mode. */
export interface UserNetwork {
  /** The machine's, and the pod's of the same name. */
  readonly interface: string;
  /** IPv4, the machine's and the pod's. */
  readonly address: string;
  readonly ports: readonly PublishedPort[];
}
export interface PublishedPort {
  readonly protocol: "tcp" | "udp";
  /** "": every address of the machine. */
  readonly hostIP: string;
  readonly hostPort: number;
  readonly containerPort: number;
}
