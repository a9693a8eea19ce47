"""Drives a simulated host with python3-libvirt: smoke.py URI"""
import sys
import threading

import libvirt

libvirt.registerErrorHandler(lambda context, error: None, None)
libvirt.virEventRegisterDefaultImpl()
heard = threading.Semaphore(0)
events = []


def run_events():
    while True:
        libvirt.virEventRunDefaultImpl()


def on_lifecycle(connection, domain, event, detail, opaque):
    events.append(f"event {domain.name()} {event}")
    heard.release()


threading.Thread(target=run_events, daemon=True).start()
connection = libvirt.open(sys.argv[1])
connection.setKeepAlive(5, 3)
print("host", connection.getHostname(), "domains", len(connection.listAllDomains()))

web = connection.lookupByName("web")
connection.domainEventRegisterAny(None, libvirt.VIR_DOMAIN_EVENT_ID_LIFECYCLE, on_lifecycle, None)
web.suspend()
web.resume()
for _ in range(2):
    if not heard.acquire(timeout=30):
        sys.exit("failed: no event")
print("\n".join(events))

print("vcpus", len(web.vcpus()[0]), "memory", web.memoryStats()["actual"], "disk", sorted(web.blockStatsFlags("vda"))[0])
snapshot = web.snapshotCreateXML("<domainsnapshot><name>one</name></domainsnapshot>")
print("snapshots", [s.getName() for s in web.listAllSnapshots()])
snapshot.delete()

pool = connection.storagePoolLookupByName("default")
volume = pool.createXML("<volume><name>py</name><capacity>300000</capacity></volume>")
content = b"abc" * 100000
position = [0]


def send(stream, count, opaque):
    data = content[position[0]:position[0] + count]
    position[0] += len(data)
    return data


stream = connection.newStream()
volume.upload(stream, 0, 0)
stream.sendAll(send, None)
stream.finish()
back = []
stream = connection.newStream()
volume.download(stream, 0, 0)
stream.recvAll(lambda stream, data, opaque: back.append(data), None)
stream.finish()
print("same", b"".join(back) == content)

try:
    connection.suspendForDuration(0, 60)
except libvirt.libvirtError as error:
    print("refused", error.get_error_code(), error.get_error_domain(), error)
