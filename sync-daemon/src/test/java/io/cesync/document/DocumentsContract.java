package io.cesync.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cesync.document.DocumentOp.Create;
import io.cesync.document.DocumentOp.DeleteUnchanged;
import io.cesync.document.DocumentOp.IndexUnchanged;
import io.cesync.document.DocumentReader.Found;
import io.cesync.document.DocumentReader.Look;
import io.cesync.document.DocumentReader.Missing;
import io.cesync.document.DocumentReader.Unknown;
import io.cesync.document.DocumentReader.Unreadable;
import io.cesync.document.DocumentReader.Wanted;
import io.cesync.document.WriteResult.Applied;
import io.cesync.document.WriteResult.Conflict;
import io.cesync.document.WriteResult.Scope;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * The first part of what two-way tables need of a search server: documents under condition, read as
 * they are.
 */
abstract class DocumentsContract extends ContractServer {
  @Test
  void aWriteIsCarriedOutOnlyIfNothingChanged() throws IOException {
    create("conditions", 1, "");
    Create create = new Create("conditions", "a", null, source("{\"v\":1}"), null);

    Applied created = applied(create);
    assertThat(created).isEqualTo(new Applied(0, 1));
    assertThat(write(create)).containsExactly(new Conflict(OptionalLong.of(1)));

    IndexUnchanged index =
        new IndexUnchanged("conditions", "a", null, 0, 1, source("{\"v\":2}"), null);
    Applied indexed = applied(index);
    assertThat(indexed).isEqualTo(new Applied(1, 1));
    assertThat(write(index)).containsExactly(new Conflict(OptionalLong.empty()));

    DeleteUnchanged stale = new DeleteUnchanged("conditions", "a", null, 0, 1);
    assertThat(write(stale)).containsExactly(new Conflict(OptionalLong.empty()));
    assertThat(found("conditions", "a", null).seqNo()).isEqualTo(1);

    DeleteUnchanged delete = new DeleteUnchanged("conditions", "a", null, 1, 1);
    assertThat(applied(delete)).isEqualTo(new Applied(2, 1));
    // Neither what is gone nor what never was is as it was read, and the delete's number is none.
    assertThat(write(delete)).allMatch(result -> result instanceof Conflict);
    assertThat(write(new DeleteUnchanged("conditions", "a", null, 2, 1)))
        .allMatch(result -> result instanceof Conflict);
    assertThat(write(new DeleteUnchanged("conditions", "never", null, 1, 1)))
        .allMatch(result -> result instanceof Conflict);
    assertThat(write(index)).allMatch(result -> result instanceof Conflict);
    assertThat(read("conditions", new Wanted("a", null))).containsExactly(new Missing());
    assertThat(applied(create).seqNo()).isEqualTo(3);
  }

  @Test
  void oneBulkMayHoldOperationsWithAndWithoutConditions() throws IOException {
    create("mixed", 1, "");
    Applied before = applied(new Create("mixed", "old", null, source("{\"v\":\"before\"}"), null));

    List<WriteResult> results =
        write(
            new DocumentOp.Index("mixed", "versioned", 1_700, source("{\"v\":1}"), null),
            new Create("mixed", "new", null, source("{\"v\":2}"), null),
            new IndexUnchanged(
                "mixed", "old", null, before.seqNo(), before.primaryTerm(), source("{}"), null),
            new DocumentOp.Delete("mixed", "nothing", 1_700),
            new IndexUnchanged("mixed", "nothing", null, 5, 1, source("{}"), null),
            new DeleteUnchanged("mixed", "none", null, 5, 1),
            new Create("mixed", "routed", "r", source("{\"v\":3}"), null));

    assertThat(results.subList(0, 4)).allMatch(result -> result instanceof Applied);
    assertThat(results.subList(4, 6)).allMatch(result -> result instanceof Conflict);
    assertThat(((Applied) results.get(1)).seqNo()).isEqualTo(found("mixed", "new", null).seqNo());
    StoredDocument routed = found("mixed", "routed", "r");
    assertThat(routed.routing()).isEqualTo("r");
    assertThat(results.get(6)).isEqualTo(new Applied(routed.seqNo(), routed.primaryTerm()));
    // What was written with a version can be written with a condition, and gets the next version.
    StoredDocument versioned = found("mixed", "versioned", null);
    assertThat(versioned.version()).isEqualTo(1_700);
    assertThat(
            write(
                new IndexUnchanged(
                    "mixed",
                    "versioned",
                    null,
                    versioned.seqNo(),
                    versioned.primaryTerm(),
                    source("{}"),
                    null)))
        .allMatch(result -> result instanceof Applied);
    assertThat(found("mixed", "versioned", null).version()).isEqualTo(1_701);
  }

  @Test
  void sourcesComeAsTheyWereSent() throws IOException {
    create("exact", 1, ",\"mappings\":{\"dynamic\":false}");
    String exact =
        "{ \"n\":1.10000000000000000000000000000000000001, \"e\" : 1E+2,"
            + "\"z\":[-0.0, 12345678901234567890123],\"t\":\"\\u00e9é😀}\" }";
    applied(new Create("exact", "a", null, source(exact), null));

    assertThat(found("exact", "a", null).source()).asString(UTF_8).isEqualTo(exact);
    StoredDocument document =
        drain(new SeqNoTail(client, "exact", version), new HashMap<>()).get(0);
    assertThat(document.source()).asString(UTF_8).isEqualTo(exact);
    assertThat(document.seqNo()).isZero();
    assertThat(document.primaryTerm()).isEqualTo(1);
    assertThat(document.version()).isEqualTo(1);
  }

  @Test
  void vectorsAreNotLeftOut() throws IOException {
    Assumptions.assumeTrue(
        !version.openSearch() && version.major() >= 8, "it comes without the plugin for them");
    create(
        "vectors",
        1,
        ",\"mappings\":{\"properties\":{\"v\":{\"type\":\"dense_vector\",\"dims\":3}}}");
    applied(new Create("vectors", "a", null, source("{\"v\":[0.1,0.25,-3.0]}"), null));

    List<StoredDocument> read = new ArrayList<>();
    read.add(found("vectors", "a", null));
    read.addAll(drain(new SeqNoTail(client, "vectors", version), new HashMap<>()));
    read.add(found("vectors", "a", null));

    assertThat(read)
        .hasSize(3)
        .allSatisfy(
            document ->
                assertThat(json(new String(document.source(), UTF_8)).path("v"))
                    .hasToString("[0.1,0.25,-3.0]"));
  }

  @Test
  void whatCannotBeReadIsNotMissing() throws IOException {
    create("readable", 2, "");
    applied(new Create("readable", "a", null, source("{}"), null));
    applied(new Create("readable", "b", "r", source("{}"), null));
    create("routed", 2, ",\"mappings\":{\"_routing\":{\"required\":true}}");

    assertThat(
            read(
                "readable",
                new Wanted("none", null),
                new Wanted("a", null),
                new Wanted("x".repeat(600), null),
                new Wanted("b", "r")))
        .satisfiesExactly(
            none -> assertThat(none).isInstanceOf(Missing.class),
            a -> assertThat(a).isInstanceOf(Found.class),
            tooLong -> assertThat(tooLong).isInstanceOf(Missing.class),
            b -> assertThat(b).isInstanceOf(Found.class));
    assertThat(read("routed", new Wanted("a", null)).get(0)).isInstanceOf(Unreadable.class);
    assertThat(read("nowhere", new Wanted("a", null)))
        .singleElement()
        .isInstanceOfSatisfying(
            Unknown.class, unknown -> assertThat(unknown.scope()).isEqualTo(Scope.INDEX));
    client.jsonNow("POST", "/readable/_close", null);
    assertThat(read("readable", new Wanted("a", null)))
        .singleElement()
        .isInstanceOfSatisfying(
            Unknown.class, unknown -> assertThat(unknown.scope()).isEqualTo(Scope.INDEX));
    assertThatThrownBy(() -> now(new SeqNoTail(client, "readable", version).poll(Map.of())))
        .satisfies(failure -> assertThat(SearchClient.isOurs(failure)).isTrue());
  }

  @Test
  void manyAndLargeDocumentsAreReadInParts() throws IOException {
    create("large", 1, ",\"mappings\":{\"dynamic\":false}");
    String large = "{\"v\":\"" + "x".repeat(20_000) + "\"}";
    for (int part = 0; part < 10; part++) {
      int first = part * 250;
      bulk(
          "large",
          IntStream.range(first, first + 250)
              .mapToObj(i -> index("d" + i, large))
              .collect(Collectors.joining()));
    }
    List<Wanted> wanted =
        IntStream.range(0, 3_000).mapToObj(i -> new Wanted("d" + i, null)).toList();

    List<Look> looks = now(new DocumentReader(client, "large", version).read(wanted));

    assertThat(looks).hasSize(3_000);
    for (int i = 0; i < 3_000; i++) {
      if (i < 2_500) {
        assertThat(((Found) looks.get(i)).document().id()).isEqualTo("d" + i);
      } else {
        assertThat(looks.get(i)).isInstanceOf(Missing.class);
      }
    }
    SeqNoTail tail = new SeqNoTail(client, "large", version);
    List<Integer> pages = new ArrayList<>();
    TailSpan span = now(tail.poll(Map.of())).get(0);
    while (!span.done()) {
      TailPage page = now(tail.next(span, true));
      pages.add(page.documents().size());
      span = page.rest();
    }
    assertThat(pages.stream().mapToInt(size -> size).sum()).isEqualTo(2_500);
    // Half a megabyte each, once it is known how large documents are.
    assertThat(pages.subList(1, pages.size())).allMatch(size -> size <= 27);
  }
}
