/** What both sides said when they last agreed, kept in Cassandra for every live document. */
package io.cesync.ledger;
