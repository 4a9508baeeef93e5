package io.cesync.sync;

import io.cesync.document.DocumentReader;
import io.cesync.merge.Merge;
import io.cesync.row.RowWriter;

/** What a two-way table needs besides, for one version of its schema. Immutable. */
record TwoWay(Merge merge, RowWriter writer, TableLedger ledger, DocumentReader documents) {}
