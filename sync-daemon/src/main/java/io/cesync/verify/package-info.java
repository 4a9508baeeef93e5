/** Proves that tables and indices agree, while both are written to. */
package io.cesync.verify;
