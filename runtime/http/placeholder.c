extern int sbn__placeholder_http; /* replaced by the layer's first file */
