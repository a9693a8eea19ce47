// Drives a simulated host with go-libvirt: smoke SOCKET
package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"time"

	"github.com/digitalocean/go-libvirt"
	"github.com/digitalocean/go-libvirt/socket/dialers"
)

func must(err error) {
	if err != nil {
		fmt.Println("failed:", err)
		os.Exit(1)
	}
}

func main() {
	l := libvirt.NewWithDialer(dialers.NewLocal(dialers.WithSocket(os.Args[1])))
	must(l.ConnectToURI(libvirt.QEMUSystem))
	name, err := l.ConnectGetHostname()
	must(err)
	domains, _, err := l.ConnectListAllDomains(1, 0)
	must(err)
	fmt.Println("host", name, "domains", len(domains))

	web, err := l.DomainLookupByName("web")
	must(err)
	ctx, cancel := context.WithCancel(context.Background())
	events, err := l.LifecycleEvents(ctx)
	must(err)
	must(l.DomainSuspend(web))
	must(l.DomainResume(web))
	for i := 0; i < 2; i++ {
		select {
		case e := <-events:
			fmt.Println("event", e.Dom.Name, e.Event)
		case <-time.After(30 * time.Second):
			fmt.Println("failed: no event")
			os.Exit(1)
		}
	}
	cancel()

	status, err := l.QEMUDomainMonitorCommand(web, `{"execute":"query-status"}`, 0)
	must(err)
	fmt.Println("monitor", status)

	pool, err := l.StoragePoolLookupByName("default")
	must(err)
	volume, err := l.StorageVolCreateXML(pool, "<volume><name>go</name><capacity>300000</capacity></volume>", 0)
	must(err)
	content := bytes.Repeat([]byte("abc"), 100000)
	must(l.StorageVolUpload(volume, bytes.NewReader(content), 0, 0, 0))
	var back bytes.Buffer
	must(l.StorageVolDownload(volume, &back, 0, 0, 0))
	fmt.Println("same", bytes.Equal(content, back.Bytes()))

	err = l.NodeSuspendForDuration(0, 60, 0)
	fmt.Println("refused", err)
	must(l.Disconnect())
}
