extern int sbn__placeholder_soap; /* replaced by the layer's first file */
