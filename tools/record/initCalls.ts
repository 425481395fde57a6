// Refuses every system call alone to the init of an OCI runtime and prints what becomes of the container: how
// src/core/runc/initCalls.ts was measured. With CALL and RUNS, how often each outcome is seen. Needs root and a folder with a static /bin/busybox in it.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const CALLS =
  `openat open openat2 fcntl fstatfs statfs getdents64 close close_range read write fstat newfstatat stat
lstat statx access faccessat faccessat2 readlink readlinkat chdir fchdir getcwd capget capset prctl setgroups setgid
setuid setresuid setresgid fchown fchownat umask getuid geteuid getgid getegid getppid getpid gettid futex mmap munmap
madvise rt_sigaction rt_sigprocmask sigaltstack tgkill clone clone3 nanosleep sched_yield epoll_create1 epoll_ctl
epoll_pwait eventfd2 pipe2 ioctl lseek pread64 execve dup3 keyctl mount seccomp sendmsg recvmsg socket connect`.split(
    /\s+/,
  );

const [runtime = "runc", rootfs = "", action = "SCMP_ACT_ERRNO", errno = "99", only, runs = "1"] =
  process.argv.slice(2);
if (rootfs === "")
  throw new Error("usage: initCalls RUNTIME ROOTFS [ACTION [ERRNO [CALL [RUNS]]]]");

const bundle = mkdtempSync(join(tmpdir(), "secctx-init-calls-"));
try {
  for (const noNewPrivileges of [false, true]) {
    for (const uid of [0, 1000]) {
      for (const name of only === undefined ? CALLS : [only]) report(name, noNewPrivileges, uid);
    }
  }
} finally {
  rmSync(bundle, { recursive: true, force: true });
}

function report(name: string, noNewPrivileges: boolean, uid: number): void {
  const rule = {
    names: [name],
    action,
    ...(action === "SCMP_ACT_ERRNO" ? { errnoRet: Number(errno) } : {}),
  };
  const spec = {
    ociVersion: "1.0.2",
    process: {
      args: ["/bin/busybox", "true"],
      cwd: "/",
      user: { uid, gid: uid },
      noNewPrivileges,
      capabilities: { bounding: ["CAP_NET_BIND_SERVICE"] },
    },
    root: { path: rootfs },
    mounts: [{ destination: "/proc", type: "proc", source: "proc" }],
    linux: {
      namespaces: ["pid", "network", "ipc", "uts", "mount"].map((type) => ({ type })),
      seccomp: { defaultAction: "SCMP_ACT_ALLOW", syscalls: [rule] },
    },
  };
  writeFileSync(join(bundle, "config.json"), JSON.stringify(spec));
  const seen = new Map<string, number>();
  for (let count = 0; count < Number(runs); count += 1) {
    const outcome = JSON.stringify({ noNewPrivileges, uid, name, ...once() });
    seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
  }
  for (const [outcome, count] of seen) {
    if (Number(runs) > 1) console.log(`${count} of ${runs}: ${outcome}`);
    else if (!outcome.includes('"status":0,"text":""')) console.log(outcome);
  }
}

function once(): { readonly status: number | "timeout"; readonly text: string } {
  const id = `init-calls-${process.pid}`;
  const root = ["--root", join(bundle, "state")];
  const run = spawnSync(runtime, [...root, "run", "-b", bundle, id], {
    encoding: "utf8",
    timeout: 10_000,
  });
  if (run.status !== 0) spawnSync(runtime, [...root, "delete", "-f", id]);
  const said = /msg="runc run failed: (.*)"/.exec(run.stderr)?.[1];
  const crashed = /^fatal error: .*/m.exec(run.stderr)?.[0];
  return {
    status: run.status ?? "timeout",
    text: said ?? crashed ?? run.stderr.trim().slice(-200),
  };
}
