package main

import (
	"context"
	"fmt"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/digitalocean/go-libvirt"
	"github.com/digitalocean/go-libvirt/socket/dialers"
)

const (
	settle   = 2 * time.Second
	patience = 10 * time.Second
)

// member is one daemon of the fleet.
type member struct {
	connection *libvirt.Libvirt
	offset     time.Duration
	latencies  histogram
}

// fleet is a control plane with go-libvirt: one goroutine per daemon polls the statistics of all domains, one more receives its events.
// Line protocol with the benchmark: "following" when it is subscribed everywhere, "measured" when it is done; then it reads how many
// events it must have received, waits until they have arrived, and prints its sample.
func fleet(file, mode string, warmup, length float64) {
	var events int64
	members := connectAll(file, &events)
	fmt.Println("following")

	var recording, stopping int32
	var paceStart int64
	var running sync.WaitGroup
	origin := time.Now()
	for _, m := range members {
		running.Add(1)
		go func(m *member) {
			defer running.Done()
			var next time.Time
			for atomic.LoadInt32(&stopping) == 0 {
				if paced := atomic.LoadInt64(&paceStart); paced != 0 {
					if next.IsZero() {
						next = origin.Add(time.Duration(paced) + m.offset)
					} else {
						next = next.Add(time.Second)
					}
					time.Sleep(time.Until(next))
				}
				before := time.Now()
				records, err := m.connection.ConnectGetAllDomainStats(nil, 0, 0)
				must(err)
				if len(records) < 1 || len(records[0].Params) < 1 {
					must(fmt.Errorf("no statistics"))
				}
				if atomic.LoadInt32(&recording) != 0 {
					m.latencies.record(time.Since(before).Nanoseconds())
				}
			}
		}(m)
	}
	time.Sleep(time.Duration(warmup * 1e9))
	if mode == "fixed-rate" {
		atomic.StoreInt64(&paceStart, int64(time.Since(origin)))
		time.Sleep(settle)
	}
	cpuBefore := cpuSeconds()
	start := time.Now()
	atomic.StoreInt32(&recording, 1)
	time.Sleep(time.Duration(length * 1e9))
	atomic.StoreInt32(&recording, 0)
	seconds := time.Since(start).Seconds()
	cpu := cpuSeconds() - cpuBefore
	atomic.StoreInt32(&stopping, 1)
	running.Wait()
	var all histogram
	for _, m := range members {
		all.merge(&m.latencies)
	}
	fmt.Println("measured")
	awaitEvents(&events)
	printSample(&all, seconds, cpu, fmt.Sprintf(",\"events\":%d", atomic.LoadInt64(&events)))
}

// connectAll reads a member a line: the driver and the socket.
func connectAll(file string, events *int64) []*member {
	text, err := os.ReadFile(file)
	must(err)
	var members []*member
	for _, line := range strings.Split(strings.TrimSpace(string(text)), "\n") {
		driver, socket, _ := strings.Cut(line, " ")
		uri := libvirt.QEMUSession
		if driver == "test" {
			uri = libvirt.TestDefault
		}
		l := libvirt.NewWithDialer(dialers.NewLocal(dialers.WithSocket(socket)))
		must(l.ConnectToURI(uri))
		happened, err := l.LifecycleEvents(context.Background())
		must(err)
		go func() {
			for range happened {
				atomic.AddInt64(events, 1)
			}
		}()
		members = append(members, &member{connection: l})
	}
	for i, m := range members {
		m.offset = time.Second * time.Duration(i) / time.Duration(len(members))
	}
	return members
}

func awaitEvents(events *int64) {
	var wanted int64
	_, err := fmt.Scan(&wanted)
	must(err)
	for end := time.Now().Add(patience); time.Now().Before(end) && atomic.LoadInt64(events) < wanted; {
		time.Sleep(10 * time.Millisecond)
	}
}
