/** Placeholder. */
package io.cesync.local;
