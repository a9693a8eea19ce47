// go-libvirt at work, the client in pure Go.
//
//	client SOCKET calls version|info|list|xml CALLERS WARMUP SECONDS
//	client SOCKET download|upload POOL VOLUME BYTES        one goes ahead unmeasured
//	client MEMBERS fleet full-speed|fixed-rate WARMUP SECONDS    a driver and a socket a line in the file MEMBERS
package main

import (
	"fmt"
	"io"
	"math/bits"
	"os"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/digitalocean/go-libvirt"
	"github.com/digitalocean/go-libvirt/socket/dialers"
)

const buckets = 2048

// histogram has 32 buckets for each power of two of nanoseconds, as those of the other programs.
type histogram struct {
	counts [buckets]uint64
	total  uint64
}

func (h *histogram) record(value int64) {
	bucket := int(value)
	if value >= 32 {
		shift := 58 - bits.LeadingZeros64(uint64(value))
		bucket = (shift+1)*32 + int(value>>shift) - 32
	}
	h.counts[bucket]++
	h.total++
}

func (h *histogram) merge(other *histogram) {
	for i, count := range other.counts {
		h.counts[i] += count
	}
	h.total += other.total
}

func (h *histogram) percentile(share float64) float64 {
	wanted, seen := uint64(share*float64(h.total)), uint64(0)
	for i, count := range h.counts {
		seen += count
		if seen > wanted {
			if i < 32 {
				return float64(i) / 1000
			}
			return float64(uint64(i%32+32)<<(i/32-1)) / 1000
		}
	}
	return 0
}

func cpuSeconds() float64 {
	var r syscall.Rusage
	must(syscall.Getrusage(syscall.RUSAGE_SELF, &r))
	return float64(r.Utime.Sec+r.Stime.Sec) + float64(r.Utime.Usec+r.Stime.Usec)/1e6
}

// getrusage's own maximum would count the process that started this one.
func peakRssBytes() int64 {
	status, err := os.ReadFile("/proc/self/status")
	must(err)
	_, rest, _ := strings.Cut(string(status), "VmHWM:")
	kib, err := strconv.ParseInt(strings.Fields(rest)[0], 10, 64)
	must(err)
	return kib * 1024
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "failed:", err)
		os.Exit(1)
	}
}

func number(text string) float64 {
	value, err := strconv.ParseFloat(text, 64)
	must(err)
	return value
}

func calls(l *libvirt.Libvirt, mode string, callers int, warmup, length float64) {
	domain, err := l.DomainLookupByName("test")
	must(err)
	call := map[string]func() error{
		"version": func() error { _, err := l.ConnectGetLibVersion(); return err },
		"info":    func() error { _, _, _, _, _, err := l.DomainGetInfo(domain); return err },
		"list":    func() error { _, _, err := l.ConnectListAllDomains(1, 0); return err },
		"xml":     func() error { _, err := l.DomainGetXMLDesc(domain, 0); return err },
	}[mode]

	var recording, stopping int32
	latencies := make([]histogram, callers)
	var running sync.WaitGroup
	for i := range latencies {
		running.Add(1)
		go func(own *histogram) {
			defer running.Done()
			before := time.Now()
			for atomic.LoadInt32(&stopping) == 0 {
				must(call())
				after := time.Now()
				if atomic.LoadInt32(&recording) != 0 {
					own.record(after.Sub(before).Nanoseconds())
				}
				before = after
			}
		}(&latencies[i])
	}
	time.Sleep(time.Duration(warmup * 1e9))
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
	for i := range latencies {
		all.merge(&latencies[i])
	}
	printSample(&all, seconds, cpu, "")
}

// printSample prints one line of JSON; more holds further fields, each with its comma in front.
func printSample(all *histogram, seconds, cpu float64, more string) {
	fmt.Printf("{\"count\":%d,\"bytes\":0,\"seconds\":%.6f,\"cpuSeconds\":%.6f,\"peakRssBytes\":%d,\"p50Microseconds\":%.3f,\"p99Microseconds\":%.3f%s}\n",
		all.total, seconds, cpu, peakRssBytes(), all.percentile(0.50), all.percentile(0.99), more)
}

// sink counts what is written to it.
type sink struct{ count int64 }

func (s *sink) Write(bytes []byte) (int, error) {
	s.count += int64(len(bytes))
	return len(bytes), nil
}

// supply gives the same byte so many times.
type supply struct {
	left    int64
	content []byte
}

func (s *supply) Read(bytes []byte) (int, error) {
	if s.left == 0 {
		return 0, io.EOF
	}
	length := copy(bytes, s.content)
	if int64(length) > s.left {
		length = int(s.left)
	}
	s.left -= int64(length)
	return length, nil
}

func move(l *libvirt.Libvirt, down bool, volume libvirt.StorageVol, size int64) {
	if !down {
		source := &supply{size, make([]byte, 1<<20)}
		for i := range source.content {
			source.content[i] = 0x5a
		}
		must(l.StorageVolUpload(volume, source, 0, uint64(size), 0))
		return
	}
	var destination sink
	must(l.StorageVolDownload(volume, &destination, 0, uint64(size), 0))
	if destination.count != size {
		must(fmt.Errorf("%d bytes came instead of %d", destination.count, size))
	}
}

func transfer(l *libvirt.Libvirt, down bool, poolName, volumeName string, size int64) {
	pool, err := l.StoragePoolLookupByName(poolName)
	must(err)
	volume, err := l.StorageVolLookupByName(pool, volumeName)
	must(err)
	move(l, down, volume, size)
	cpuBefore := cpuSeconds()
	start := time.Now()
	move(l, down, volume, size)
	seconds := time.Since(start).Seconds()
	cpu := cpuSeconds() - cpuBefore
	fmt.Printf("{\"count\":1,\"bytes\":%d,\"seconds\":%.6f,\"cpuSeconds\":%.6f,\"peakRssBytes\":%d}\n", size, seconds, cpu, peakRssBytes())
}

func main() {
	if len(os.Args) < 6 {
		must(fmt.Errorf("usage: client SOCKET calls MODE CALLERS WARMUP SECONDS, or client SOCKET download|upload POOL VOLUME BYTES, or client MEMBERS fleet MODE WARMUP SECONDS"))
	}
	if os.Args[2] == "fleet" {
		fleet(os.Args[1], os.Args[3], number(os.Args[4]), number(os.Args[5]))
		return
	}
	isCalls := os.Args[2] == "calls"
	uri := libvirt.QEMUSession
	if isCalls {
		uri = libvirt.TestDefault
	}
	l := libvirt.NewWithDialer(dialers.NewLocal(dialers.WithSocket(os.Args[1])))
	must(l.ConnectToURI(uri))
	if isCalls {
		calls(l, os.Args[3], int(number(os.Args[4])), number(os.Args[5]), number(os.Args[6]))
	} else {
		transfer(l, os.Args[2] == "download", os.Args[3], os.Args[4], int64(number(os.Args[5])))
	}
}
