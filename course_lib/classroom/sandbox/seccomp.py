"""Calls of the kernel that no exercise needs; a seccomp filter denies them.

They would hold memory that no limit counts (System V's shared memory, memfd), look into
other processes, or reach parts of the kernel that have had holes. A filter is a program
of 8-byte instructions (code, jumps if true and false, k), see bpf(4) and seccomp(2).
"""

import platform
import struct

LOAD, EQUAL, AT_LEAST, RETURN = 0x20, 0x15, 0x35, 0x06
ALLOW, DENY = 0x7FFF0000, 0x00050001  # DENY: the call fails with "not permitted"
NUMBER, MACHINE = 0, 4  # where a call's number and the machine's stand

# the numbers on each machine: shmget, msgget, semget, memfd_create, ptrace,
# process_vm_readv, process_vm_writev, pidfd_getfd, mount, unshare, setns,
# open_by_handle_at, bpf, perf_event_open, userfaultfd, add_key, request_key, keyctl,
# io_uring_setup, io_uring_enter, io_uring_register
MACHINES = {
    "x86_64": (
        0xC000003E,
        [29, 68, 64, 319, 101, 310, 311, 438, 165, 272, 308]
        + [304, 321, 298, 323, 248, 249, 250, 425, 426, 427],
    ),
    "aarch64": (
        0xC00000B7,
        [194, 186, 190, 279, 117, 270, 271, 438, 40, 97, 268]
        + [265, 280, 241, 282, 217, 218, 219, 425, 426, 427],
    ),
}
FOREIGN = 0x40000000  # numbers of another calling convention, on x86_64


def seccomp_filter():
    """The filter for this machine, as bytes; None for one we have no numbers of."""
    if platform.machine() not in MACHINES:
        return None
    machine, denied = MACHINES[platform.machine()]
    program = [(LOAD, 0, 0, MACHINE), (EQUAL, 1, 0, machine), (RETURN, 0, 0, DENY)]
    program += [(LOAD, 0, 0, NUMBER), (AT_LEAST, 0, 1, FOREIGN), (RETURN, 0, 0, DENY)]
    for number in denied:
        program += [(EQUAL, 0, 1, number), (RETURN, 0, 0, DENY)]
    program.append((RETURN, 0, 0, ALLOW))
    return b"".join(struct.pack("<HBBI", *line) for line in program)
