/** The first full copy of a table. */
package io.cesync.snapshot;
