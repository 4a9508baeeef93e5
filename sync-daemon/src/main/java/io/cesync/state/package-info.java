/** How far the sync is: {@code state.yaml}, and the lock that keeps a second daemon off. */
package io.cesync.state;
