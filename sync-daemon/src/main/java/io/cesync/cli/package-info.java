/** The command line. */
package io.cesync.cli;
