extern int sbn__placeholder_net; /* replaced by the layer's first file */
