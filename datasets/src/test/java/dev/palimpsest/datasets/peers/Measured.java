package dev.palimpsest.datasets.peers;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What one system cost.
///
/// @param byClass in the order of the classes
/// @param loadWall until everything could be asked for
/// @param disk bytes by part
record Measured(
        String name,
        Map<AskedClass, Costs> byClass,
        Duration loadWall,
        Duration loadCpu,
        Map<String, Long> disk) {

    Measured {
        byClass = new LinkedHashMap<>(byClass);
        disk = Map.copyOf(disk);
    }

    Costs all() {
        var all = new Costs();
        byClass.values().forEach(all::add);
        return all;
    }

    /// Asks a peer everything, one question after the other.
    ///
    /// @param loaded how it was loaded
    static Measured of(Peer peer, Loading loaded, List<AskedClass> classes, PlainReading plain) {
        var byClass = new LinkedHashMap<AskedClass, Costs>();
        for (var one : classes) {
            one.warmUp().forEach(question -> peer.ask(question.theirs()));
            byClass.put(one, asked(peer, one, plain));
        }
        return new Measured(peer.name(), byClass, loaded.wall(), loaded.cpu(), peer.disk());
    }

    private static Costs asked(Peer peer, AskedClass one, PlainReading plain) {
        var costs = new Costs();
        var found = new ArrayList<List<Peer.Found>>();
        var before = peer.cpu();
        for (var question : one.asked()) {
            long begin = System.nanoTime();
            found.add(peer.ask(question.theirs()));
            costs.took(System.nanoTime() - begin);
        }
        costs.used(peer.cpu().minus(before));
        for (int i = 0; i < one.judged(); i++) {
            var differing = one.passing(i).differing(peer.passing(one.asked().get(i).theirs()));
            costs.judged(
                    !differing.isEmpty(),
                    one.shared(i, plain.topTen(found.get(i))),
                    one.exactHits(i));
        }
        return costs;
    }

    /// What loading a peer costs, the reading of what is loaded left out.
    static final class Loading {

        private final Peer peer;
        private long wallNanos;
        private Duration cpu = Duration.ZERO;

        Loading(Peer peer) {
            this.peer = peer;
        }

        void add(List<PeerRow> rows) {
            measured(() -> peer.add(rows));
        }

        void finish() {
            measured(peer::finishLoading);
        }

        private void measured(Runnable work) {
            var before = peer.cpu();
            long begin = System.nanoTime();
            work.run();
            wallNanos += System.nanoTime() - begin;
            cpu = cpu.plus(peer.cpu().minus(before));
        }

        Duration wall() {
            return Duration.ofNanos(wallNanos);
        }

        Duration cpu() {
            return cpu;
        }
    }
}
