/** Reading and writing documents in Elasticsearch or OpenSearch. */
package io.cesync.document;
