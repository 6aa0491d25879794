#!/usr/bin/env python3
"""A DSP/1 host in plain Python, written from docs/PROTOCOL.md alone: nothing of rwave, nothing to install.

    rwave device --pty --link ./box --rhythm vf
    python3 examples/dsp1_client.py ./box HASH      (the table's hash, from docs/PROTOCOL.md)

Says hello, keeps the heartbeat, charges to 30 J, fires once, prints what the box reports. For simulators, not for patients.
"""
import os
import struct
import sys
import time
import tty
import zlib

HELLO, WELCOME, HEARTBEAT, TIMESYNC, ACK, NAK = 0x01, 0x02, 0x03, 0x04, 0x10, 0x11
CHARGE, FIRE, EVENT, EVENT_ACK = 0x31, 0x34, 0x42, 0x43
READY, SHOCK = 2, 3


def cobs_encode(data):
    out, block = bytearray(), bytearray()
    for byte in data + b"\0":
        if byte == 0:
            out += bytes([len(block) + 1]) + block
            block = bytearray()
        else:
            block.append(byte)
            if len(block) == 254:
                out += b"\xff" + block
                block = bytearray()
    return bytes(out)


def cobs_decode(data):
    out, at = bytearray(), 0
    while at < len(data):
        code = data[at]
        if code == 0 or at + code > len(data):
            return None
        out += data[at + 1 : at + code]
        at += code
        if code < 255 and at < len(data):
            out.append(0)
    return bytes(out)


class Host:
    def __init__(self, path):
        self.fd = os.open(path, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
        tty.setraw(self.fd)
        self.seq, self.session, self.rest, self.beat_at = 0, 0, b"", 0.0

    def send(self, kind, payload=b"", flags=0):
        self.seq = (self.seq + 1) & 0xFFFF
        body = struct.pack("<BBHHH", 0x10 | flags, kind, self.seq, self.session, len(payload)) + payload
        os.write(self.fd, cobs_encode(body + struct.pack("<I", zlib.crc32(body))) + b"\0")
        return self.seq

    def packets(self):
        try:
            self.rest += os.read(self.fd, 4096)
        except BlockingIOError:
            pass
        *frames, self.rest = self.rest.split(b"\0")
        for frame in frames:
            body = cobs_decode(frame)
            if body and len(body) >= 12 and struct.unpack("<I", body[-4:])[0] == zlib.crc32(body[:-4]):
                yield body[1], body[8:-4]

    def wait(self, want, seconds):
        """The first packet of which `want(kind, payload)` is true; meanwhile the heart beats."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.session and time.monotonic() >= self.beat_at:
                self.send(HEARTBEAT, struct.pack("<QBHHI", int(time.monotonic() * 1e6), 0, 0, 0, 0))
                self.beat_at = time.monotonic() + 0.2
            for kind, payload in self.packets():
                if kind == EVENT:
                    self.send(EVENT_ACK, payload[:2])
                if kind == HEARTBEAT:
                    self.box_us = struct.unpack_from("<Q", payload)[0]
                if want(kind, payload):
                    return payload
            time.sleep(0.002)
        sys.exit("no answer")


def main(path, table_hash):
    host = Host(path)
    os.write(host.fd, b"\0")
    host.send(HELLO, struct.pack("<4sBBIHII16s", b"DFIB", 1, 1, 0, 252, os.getpid(), table_hash, b"python"))
    welcome = host.wait(lambda kind, p: kind in (WELCOME, NAK), 2)
    if len(welcome) < 60:
        sys.exit("the box refuses: another table? Take the hash from docs/PROTOCOL.md")
    host.session = struct.unpack_from("<H", welcome, 8)[0]
    simulated = welcome[10] & 1
    print("box:", welcome[23:39].rstrip(b"\0").decode(), "SIMULATED" if simulated else "REAL")
    if not simulated:
        sys.exit("this example talks to simulators only")
    host.wait(lambda kind, p: kind == HEARTBEAT and p[8] == 1, 5)  # standby: through with its self-test

    host.send(CHARGE, struct.pack("<H", 300), flags=1)
    event = host.wait(lambda kind, p: kind == EVENT and p[2] == READY, 20)
    arm_id = struct.unpack_from("<I", event, 15)[0]
    print(f"ready, armId {arm_id:08x}")

    # Once, never again: 30 J, not synchronized, valid for half a second of the box's clock.
    fire = struct.pack("<IHBQH", arm_id, 300, 0, host.box_us + 700_000, 0)
    host.send(FIRE, fire, flags=1)
    event = host.wait(lambda kind, p: kind == EVENT and p[2] == SHOCK, 2)
    selected, stored, delivered, volts, decia, deciohm = struct.unpack_from("<6H", event, 21)
    print(f"shock: {delivered / 10} J of {selected / 10} J, {volts} V, {decia / 10} A, {deciohm / 10} ohm")
    if len(event) >= 54:  # fields that a box of before does not send
        first, second, tilt = struct.unpack_from("<3H", event, 48)
        print(f"pulse: {first / 1000} + {second / 1000} ms, tilt {tilt / 10} %, {stored / 10} J stored")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(sys.argv[1], int(sys.argv[2], 16))
