package dev.palimpsest.relational.commit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.model.Memory;
import dev.palimpsest.model.MemoryId;
import dev.palimpsest.model.SourceId;
import dev.palimpsest.model.Space;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.port.WriteItem;
import dev.palimpsest.port.WriteItem.Action;
import dev.palimpsest.port.WriteRequest;
import dev.palimpsest.relational.commit.RequestQueue.Offer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RequestQueueTest {

    private static final int ITEMS = 400;
    private static final SpaceId BUSY = new SpaceId("busy");
    private static final SpaceId CALM = new SpaceId("calm");

    private final RequestQueue queue = new RequestQueue();

    @Test
    void aSpaceThatFloodsTheQueueDelaysItselfAlone() {
        for (int i = 0; i < 20; i++) {
            assertThat(queue.offer(write(BUSY, ITEMS, "b" + i))).isEqualTo(Offer.TAKEN);
        }
        assertThat(queue.offer(write(CALM, 1, "c"))).isEqualTo(Offer.TAKEN);
        assertThat(queue.take()).extracting(Pending::space).contains(CALM);
    }

    @Test
    void requestsOfOneSpaceKeepTheirOrder() {
        for (int i = 0; i < 30; i++) {
            queue.offer(write(i % 3 == 0 ? CALM : BUSY, 300, Integer.toString(i)));
        }
        List<String> busy = new ArrayList<>();
        queue.close();
        for (var batch = queue.take(); !batch.isEmpty(); batch = queue.take()) {
            batch.stream()
                    .filter(one -> one.space().equals(BUSY))
                    .forEach(one -> busy.add(id(one)));
            assertThat(batch.stream().mapToInt(Pending::weight).sum())
                    .isLessThanOrEqualTo(Limits.MOST_ITEMS_PER_BATCH);
        }
        assertThat(busy)
                .isEqualTo(
                        IntStream.range(0, 30)
                                .filter(i -> i % 3 != 0)
                                .mapToObj(Integer::toString)
                                .toList());
        assertThat(queue.waitingItems()).isZero();
    }

    @Test
    void whatIsNoWriteStandsAlone() {
        queue.offer(write(BUSY, 1, "one"));
        queue.offer(new Pending.NewSpace(new Space(CALM, false), new CompletableFuture<>()));
        queue.offer(write(CALM, 1, "two"));
        assertThat(queue.take()).hasSize(1).allMatch(Pending.Write.class::isInstance);
        assertThat(queue.take()).hasSize(1).allMatch(Pending.NewSpace.class::isInstance);
        assertThat(queue.take()).hasSize(1).allMatch(Pending.Write.class::isInstance);
    }

    @Test
    void oneSpaceHasHalfOfTheRoomAndTheOthersTheRest() {
        int taken = 0;
        while (queue.offer(write(BUSY, ITEMS, "b" + taken)) == Offer.TAKEN) {
            taken++;
        }
        assertThat(taken * ITEMS)
                .isBetween(Limits.MOST_ITEMS_WAITING / 2 - ITEMS, Limits.MOST_ITEMS_WAITING / 2);
        assertThat(queue.offer(write(CALM, ITEMS, "c"))).isEqualTo(Offer.TAKEN);
    }

    @Test
    void longTextsFillItBeforeManyDo() {
        var text = "x".repeat(Memory.LONGEST_TEXT);
        int taken = 0;
        while (queue.offer(write(BUSY, 10, "b" + taken, text)) == Offer.TAKEN) {
            taken++;
        }
        assertThat((long) taken * 10 * text.length())
                .isBetween(
                        Limits.MOST_CHARACTERS_WAITING / 2 - 11L * text.length(),
                        Limits.MOST_CHARACTERS_WAITING / 2);
    }

    private static String id(Pending request) {
        if (request instanceof Pending.Write write
                && write.request().items().getFirst().action()
                        instanceof Action.KeepMemory(Memory memory)) {
            return memory.id().value();
        }
        throw new AssertionError("no memory: " + request);
    }

    private static Pending.Write write(SpaceId space, int items, String id) {
        return write(space, items, id, "a text");
    }

    private static Pending.Write write(SpaceId space, int items, String id, String text) {
        var item =
                WriteItem.now(
                        new Action.KeepMemory(
                                new Memory(
                                        new MemoryId(id),
                                        text,
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty(),
                                        List.of(),
                                        new SourceId("us"),
                                        "{}")));
        var all = IntStream.range(0, items).mapToObj(_ -> item).toList();
        return new Pending.Write(
                new WriteRequest(space, all, true, Optional.empty()),
                all.stream().map(one -> Preparation.of(space, one)).toList(),
                new CompletableFuture<>());
    }
}
